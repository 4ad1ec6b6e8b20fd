//! What a reader sees of the reference page, as lines of text: from Markdown, and from HTML.
//!
//! Both forms have the same outline: `# heading`, `- item`, `label: text`, `| cell | cell |`,
//! ```` ```language ```` and plain paragraphs. A link is `[words](#anchor)`, an anchor in front of its
//! line `{#anchor}`, the mark of advice `{advice}`, and the mark of a source `{id:number}`.

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

/// The outline of a Markdown page, by the parser that other tools use.
pub fn of_markdown(page: &str) -> Vec<String> {
    let mut outline = Outline::default();
    let mut depth = 0;
    let mut link = String::new();
    for event in Parser::new_ext(page, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::Heading { level, .. }) => {
                outline.begin(&format!("{} ", "#".repeat(level as usize)));
                assert!(level <= HeadingLevel::H3, "{level}");
            }
            Event::Start(Tag::List(_)) => depth += 1,
            Event::End(TagEnd::List(_)) => depth -= 1,
            Event::Start(Tag::Item) => {
                outline.end();
                outline.begin(&format!("{}- ", "  ".repeat(depth - 1)));
            }
            Event::Start(Tag::TableHead | Tag::TableRow) => outline.begin("|"),
            Event::Start(Tag::TableCell) => outline.push(" "),
            Event::End(TagEnd::TableCell) => outline.push(" |"),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) => {
                outline.begin(&format!("```{language}\n"));
            }
            Event::Start(Tag::Link { dest_url, .. }) => {
                link = dest_url.to_string();
                outline.push("[");
            }
            Event::End(TagEnd::Link) => outline.close_link(&link),
            Event::Text(text) => outline.push(&text.replace('°', "{advice}")),
            Event::Code(code) => outline.push(&format!("`{code}`")),
            Event::InlineHtml(tag) => outline.markdown_tag(&tag),
            Event::Html(html) => {
                // The comment at the top, and the frame of what is folded.
                if let Some(label) = html.trim().strip_prefix("<details><summary>") {
                    outline.begin(label.strip_suffix("</summary>").unwrap());
                    outline.end();
                } else {
                    assert!(html.starts_with("<!--") || html.trim() == "</details>", "{html}");
                }
            }
            Event::End(
                TagEnd::Heading(_)
                | TagEnd::Paragraph
                | TagEnd::Item
                | TagEnd::TableHead
                | TagEnd::TableRow
                | TagEnd::CodeBlock,
            ) => outline.end(),
            Event::Start(Tag::Paragraph | Tag::Strong | Tag::Table(_) | Tag::HtmlBlock)
            | Event::End(TagEnd::Strong | TagEnd::Table | TagEnd::HtmlBlock) => {}
            other => panic!("{other:?}"),
        }
    }
    outline.lines
}

#[derive(Default)]
struct Outline {
    /// The anchors of an HTML page's sources, for marks that are numbers alone.
    sources: Vec<String>,
    lines: Vec<String>,
    line: String,
}

impl Outline {
    fn begin(&mut self, start: &str) {
        self.line = start.to_owned();
    }

    fn push(&mut self, text: &str) {
        self.line.push_str(text);
    }

    /// Ends the line. A line without words is none.
    fn end(&mut self) {
        let line = std::mem::take(&mut self.line);
        let line = line.trim_end();
        if !line.is_empty() {
            self.lines.push(line.to_owned());
        }
    }

    /// Makes a mark of a link to a source.
    fn close_link(&mut self, target: &str) {
        let open = self.line.rfind('[').unwrap();
        let words = self.line.split_off(open + 1);
        self.line.pop();
        match target.strip_prefix("#source-") {
            Some(id) => self.push(&format!("{{{id}:{words}}}")),
            None => self.push(&format!("[{words}]({target})")),
        }
    }

    fn markdown_tag(&mut self, tag: &str) {
        match tag.strip_prefix("<a id=\"").and_then(|rest| rest.strip_suffix("\">")) {
            Some(id) => self.push(&format!("{{#{id}}}")),
            None => assert!(["</a>", "<sup>", "</sup>"].contains(&tag), "{tag}"),
        }
    }
}

/// An element of an HTML page, or text.
#[derive(Debug)]
pub enum Node {
    Text(String),
    Element { name: String, attributes: Vec<(String, String)>, children: Vec<Node> },
}

impl Node {
    pub fn name(&self) -> &str {
        match self {
            Self::Text(_) => "",
            Self::Element { name, .. } => name,
        }
    }

    pub fn attribute(&self, wanted: &str) -> Option<&str> {
        let Self::Element { attributes, .. } = self else { return None };
        attributes.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str())
    }

    pub fn children(&self) -> &[Node] {
        match self {
            Self::Text(_) => &[],
            Self::Element { children, .. } => children,
        }
    }

    /// This node and every node within, in order.
    pub fn all(&self) -> Vec<&Node> {
        let within = self.children().iter().flat_map(Self::all);
        std::iter::once(self).chain(within).collect()
    }

    fn elements(&self) -> impl Iterator<Item = &Node> {
        self.children().iter().filter(|node| !node.name().is_empty())
    }
}

/// Parses a page whose every element is closed, as this crate writes it. What a browser makes of any
/// other page, `tests/page/run` tests.
pub fn parse(page: &str) -> Node {
    let mut open =
        vec![Node::Element { name: "page".into(), attributes: vec![], children: vec![] }];
    let mut rest = page;
    while !rest.is_empty() {
        if let Some(inside) = rest.strip_prefix('<') {
            let (tag, after) = inside.split_once('>').unwrap();
            rest = after;
            if tag.starts_with('!') {
                continue;
            }
            if let Some(name) = tag.strip_prefix('/') {
                let element = open.pop().unwrap();
                assert_eq!(element.name(), name);
                push(&mut open, element);
                continue;
            }
            let element = element(tag);
            if ["meta", "link"].contains(&element.name()) {
                push(&mut open, element);
            } else {
                open.push(element);
            }
        } else {
            let end = rest.find('<').unwrap_or(rest.len());
            push(&mut open, Node::Text(decoded(&rest[..end])));
            rest = &rest[end..];
        }
    }
    assert_eq!(open.len(), 1, "an element is not closed");
    open.pop().unwrap()
}

fn push(open: &mut [Node], node: Node) {
    let Some(Node::Element { children, .. }) = open.last_mut() else { unreachable!() };
    children.push(node);
}

fn element(tag: &str) -> Node {
    let (name, mut rest) = tag.split_once(' ').unwrap_or((tag, ""));
    let mut attributes = Vec::new();
    while let Some((attribute, after)) = rest.split_once("=\"") {
        let (value, after) = after.split_once('"').unwrap();
        attributes.push((attribute.trim().to_owned(), decoded(value)));
        rest = after;
    }
    assert_eq!(rest, "", "each attribute must have a value in double quotes: {tag}");
    Node::Element { name: name.to_owned(), attributes, children: vec![] }
}

fn decoded(text: &str) -> String {
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    text.replace("&amp;", "&")
}

/// The outline of the body of an HTML page.
pub fn of_html(page: &Node) -> Vec<String> {
    let mut outline = Outline::default();
    let all = page.all();
    let body = all.iter().find(|node| node.name() == "body").unwrap();
    let sources = all.iter().filter(|node| node.name() == "ol").flat_map(|list| list.elements());
    outline.sources = sources.map(|item| item.attribute("id").unwrap().to_owned()).collect();
    for part in body.elements().filter(|node| node.attribute("class") != Some("skip")) {
        outline.html_block(part);
    }
    outline.lines
}

impl Outline {
    fn html_block(&mut self, node: &Node) {
        match node.name() {
            "div" if node.elements().any(|part| part.name() == "dt") => self.html_term(node),
            "header" | "main" | "section" | "div" | "table" | "thead" | "tbody" | "dl" => {
                node.elements().for_each(|part| self.html_block(part));
            }
            "h1" | "h2" | "h3" => {
                let level = node.name()[1..].parse().unwrap();
                self.begin(&format!("{} ", "#".repeat(level)));
                // A heading is its own link.
                let link = node.elements().next().filter(|link| link.name() == "a");
                self.html_inline(link.unwrap_or(node));
                self.end();
            }
            "p" => self.html_line("", node, ""),
            "caption" => self.html_line("", node, ":"),
            "ul" | "ol" => node.elements().for_each(|item| self.html_item(item, "- ")),
            "tr" => self.html_row(node, node.elements()),
            "nav" if node.attribute("class") == Some("index") => {}
            "nav" => self.html_map(node),
            "figure" => self.html_figure(node),
            other => panic!("{other}"),
        }
    }

    fn html_line(&mut self, start: &str, node: &Node, end: &str) {
        self.begin(start);
        self.html_inline(node);
        self.push(end);
        self.end();
    }

    fn html_item(&mut self, item: &Node, start: &str) {
        let (lists, words): (Vec<_>, Vec<_>) =
            item.children().iter().partition(|part| part.name() == "ul");
        self.begin(&format!("{start}{}", anchor(item)));
        words.into_iter().for_each(|part| self.html_piece(part));
        self.end();
        for item in lists.into_iter().flat_map(Node::elements) {
            self.html_item(item, &format!("  {start}"));
        }
    }

    fn html_term(&mut self, term: &Node) {
        self.begin(&format!("- {}", anchor(term)));
        for (part, end) in term.elements().zip([": ", ""]) {
            self.html_inline(part);
            self.push(end);
        }
        self.end();
    }

    fn html_row<'a>(&mut self, row: &Node, cells: impl IntoIterator<Item = &'a Node>) {
        self.begin("| ");
        self.push(&anchor(row));
        for (at, cell) in cells.into_iter().enumerate() {
            self.push(if at == 0 { "" } else { " " });
            self.html_inline(cell);
            self.push(" |");
        }
        self.end();
    }

    /// The list of types, each with a list of codes, as the table that it is in Markdown.
    fn html_map(&mut self, map: &Node) {
        let [head, groups] = &map.elements().collect::<Vec<_>>()[..] else { panic!("{map:?}") };
        self.html_row(head, head.elements());
        for group in groups.elements() {
            let [error_type, codes] = &group.elements().collect::<Vec<_>>()[..] else { panic!() };
            for code in codes.elements() {
                self.html_row(code, std::iter::once(*error_type).chain(code.elements()));
            }
        }
    }

    fn html_figure(&mut self, figure: &Node) {
        let [caption, listing] = &figure.elements().collect::<Vec<_>>()[..] else { panic!() };
        let language = match text(caption).as_str() {
            "Rust" => "rust",
            "TypeScript" => "ts",
            "Python" => "python",
            _ => {
                self.html_line("", caption, ":");
                "json"
            }
        };
        self.begin(&format!("```{language}\n{}", text(listing)));
        self.end();
    }

    fn html_inline(&mut self, node: &Node) {
        node.children().iter().for_each(|part| self.html_piece(part));
    }

    fn html_piece(&mut self, part: &Node) {
        match (part, part.name(), part.attribute("class")) {
            (Node::Text(text), ..) => self.push(&text.replace('°', "{advice}").replace('\n', "")),
            // What only a screen reader says.
            (_, "span", Some("spoken")) => {}
            (_, "span", Some("mark")) => self.push("{advice}"),
            (_, "sup", Some("mark")) => {
                self.push("[");
                self.html_inline(part);
                let number: usize = self.line.rsplit('[').next().unwrap().parse().unwrap();
                let target = format!("#{}", self.sources[number - 1]);
                self.close_link(&target);
            }
            (_, "span" | "sup", None) => self.html_inline(part),
            (_, "code", None) => self.push(&format!("`{}`", text(part))),
            (_, "a", None | Some("mark")) => {
                self.push("[");
                self.html_inline(part);
                self.close_link(part.attribute("href").unwrap());
            }
            other => panic!("{other:?}"),
        }
    }
}

fn anchor(node: &Node) -> String {
    node.attribute("id").map(|id| format!("{{#{id}}}")).unwrap_or_default()
}

/// The text of an element, as it is.
pub fn text(node: &Node) -> String {
    match node {
        Node::Text(text) => text.clone(),
        Node::Element { children, .. } => children.iter().map(text).collect(),
    }
}
