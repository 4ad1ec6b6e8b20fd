//! The header `Retry-After`: seconds, dates, and text that is neither.

use std::time::{Duration, Instant};

use intelliprint_error::{ApiError, RetryAfter};

#[test]
fn a_whole_number_of_seconds_is_a_delay_of_at_most_a_day() {
    for (value, seconds) in [
        ("0", 0),
        ("120", 120),
        (" 007 ", 7),
        ("86399", 86_399),
        ("86400", 86_400),
        ("86401", 86_400),
        ("18446744073709551615", 86_400),
        ("99999999999999999999999999", 86_400),
    ] {
        let delay = RetryAfter::new(value).delay();
        assert_eq!(delay, Some(Duration::from_secs(seconds)), "{value}");
        // A longer delay would overflow here.
        let _ = Instant::now() + delay.unwrap();
    }
    assert_eq!(RetryAfter::MAX, Duration::from_secs(86_400));
}

#[test]
fn other_text_is_kept_and_is_not_a_delay() {
    for value in ["-1", "+1", "1.5", "1e3", "soon", "１２", "12 s", "0x10"] {
        let kept = RetryAfter::new(value);
        assert_eq!((kept.as_str(), kept.delay()), (value, None));
        #[cfg(feature = "http")]
        {
            let now = std::time::SystemTime::UNIX_EPOCH;
            assert_eq!((kept.date(), kept.delay_from(now)), (None, None), "{value}");
        }
    }
}

#[cfg(feature = "http")]
#[test]
fn a_date_is_a_delay_from_a_given_time() {
    use std::time::SystemTime;

    // 1994-11-06 08:49:37 UTC, the example of RFC 9110, section 5.6.7.
    let date = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777);
    for value in [
        "Sun, 06 Nov 1994 08:49:37 GMT",
        "Sunday, 06-Nov-94 08:49:37 GMT",
        "Sun Nov  6 08:49:37 1994",
    ] {
        let kept = RetryAfter::new(value);
        assert_eq!((kept.as_str(), kept.delay(), kept.date()), (value, None, Some(date)));
        let from = |seconds| kept.delay_from(date - Duration::from_secs(seconds));
        assert_eq!(from(90), Some(Duration::from_secs(90)));
        // A clock that is wrong by decades is no reason to wait for them.
        assert_eq!(from(784_111_778), Some(RetryAfter::MAX));
        assert_eq!(from(86_399), Some(Duration::from_secs(86_399)));
        assert_eq!(from(86_401), Some(RetryAfter::MAX));
        assert_eq!(kept.delay_from(date + Duration::from_secs(1)), Some(Duration::ZERO));
        let delay = Duration::new(9, 500_000_001);
        assert_eq!(kept.delay_from(date - delay), Some(delay), "a part of a second counts");
    }
    let new_year = RetryAfter::new("Thu, 01 Jan 1970 00:00:00 GMT");
    let eve = SystemTime::UNIX_EPOCH - Duration::from_secs(7);
    assert_eq!(new_year.delay_from(eve), Some(Duration::from_secs(7)));
    let seconds = RetryAfter::new("30");
    assert_eq!((seconds.date(), seconds.delay_from(date)), (None, Some(Duration::from_secs(30))));
}

#[test]
fn an_error_keeps_the_header() {
    let error = ApiError::from_parts(429, None, "");
    assert_eq!(error.retry_after(), None);
    assert_eq!(error.with_retry_after(" 7").retry_after(), Some(&RetryAfter::new("7")));
}

#[test]
fn its_line_is_escaped_and_bounded() {
    let shown = |value: &str| RetryAfter::new(value).to_string();
    assert_eq!(shown(" 7\t"), "7");
    assert_eq!(shown("a\n\u{1b}[31m\u{202e}b"), r"a\n\u{1b}[31m\u{202e}b");
    assert_eq!(shown(&"x".repeat(121)), format!("{}… (+1 bytes)", "x".repeat(120)));
    assert_eq!(format!("[{:>5}]", RetryAfter::new("30")), "[   30]");
}
