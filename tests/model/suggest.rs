//! "Did you mean …?"

use intelliprint_error::{ErrorCode, ErrorObject};

#[track_caller]
fn assert_message(param: &str, known: &[&str], meant: Option<&str>) {
    let error = ErrorObject::parameter_unknown_among(param, known);
    let suggestion = meant.map(|meant| format!(" (Did you mean {meant}?)")).unwrap_or_default();
    assert_eq!(error.message(), format!("Received unknown parameter: {param}{suggestion}"));
    assert_eq!(
        (error.code().known(), error.param()),
        (Some(ErrorCode::ParameterUnknown), Some(param))
    );
}

#[test]
fn the_closest_name_is_suggested_if_any_is_close() {
    assert_message("confimred", &["testmode", "confirmed", "confirm"], Some("confirmed"));
    assert_message("confirmed ", &["confirmed"], Some("confirmed"));
    assert_message("postage.servise", &["service"], Some("postage.service"));
    assert_message("naïve", &["naive"], Some("naive"));
    assert_message("add_address_sheet", &["confirmed"], None);
    assert_message("confimred", &[], None);
    assert_message("", &["a"], None);
    assert_message("x", &["", "y"], None);
    assert_message("a.b.servise", &["service"], Some("a.b.service"));
    // Three of nine characters differ, then four.
    assert_message("xxxfirmed", &["confirmed"], Some("confirmed"));
    assert_message("xxxxirmed", &["confirmed"], None);
    // Two of three characters differ, which are two of six bytes.
    assert_message("\u{e4}xy", &["\u{e4}\u{f6}\u{fc}"], None);
    // Letter case counts.
    assert_message("CONFIRMED", &["confirmed"], None);
    // Of two equally close names, the first is suggested.
    assert_message("pape", &["page", "pave"], Some("page"));
    assert_message("a.b.servise", &["service"], Some("a.b.service"));
    // Two letters that changed places are one fault.
    assert_message("pgae", &["page"], Some("page"));
    // One letter of three may be wrong, but not one of two. Letters count, not bytes.
    assert_message("pa1", &["pay"], Some("pay"));
    assert_message("p1", &["pa"], None);
    assert_message("éxx", &["ééé"], None);
}

/// A comparison takes time in proportion to the product of both lengths: here it would take hours.
#[test]
fn a_name_that_is_far_too_long_is_not_compared() {
    let name = "a".repeat(65);
    assert_message(&name[..64], &[&name[..63]], Some(&name[..63]));
    assert_message(&name[..63], &[&name[..64]], Some(&name[..64]));
    assert_message(&name, &[&name[..64]], None);
    assert_message(&name[..64], &[&name], None);
    assert_message(&"a".repeat(80), &[&name[..64]], None);
    let long = "x".repeat(if cfg!(miri) { 1 << 10 } else { 1 << 20 });
    assert_message(&long, &["x", &long[1..]], None);
    assert_message("page", &[&long, "pages"], Some("pages"));
}
