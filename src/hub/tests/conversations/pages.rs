//! Whole pages and text for programs, as they are sent: in plain text, and in HTML in which nothing is markup but the
//! porter's own.

use lodge_core::say::{Rights, Say};
use lodge_plumbing::wording::Rendered;

use crate::play::Story;

fn is_as_reviewed(name: &str, Rendered { plain, html }: &Rendered) {
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!(name, format!("{plain}\n\n════ as HTML\n{html}"));
    });
}

#[test]
fn a_policy_page_is_paragraphs_and_nothing_in_it_is_markup() {
    let text = "Our *policy* **here**\n=================\n\nFirst <b>line</b>\nsecond line & more.\n\n\n\n> Not a quotation.\n\
                - a point, { $page }\n- another\n";
    let page = crate::play::rendered(&Say::Rights(Rights::Policy { version: "2".to_owned(), text: text.to_owned() }));
    is_as_reviewed("policy_page", &page);
}

#[test]
fn c08_the_page_that_a_service_begins_with_is_shown_whole() {
    let mut story = Story::default();
    story.scene("The policy").says("Sam", "policy");
    story.is_as_reviewed("policy");
}

#[test]
fn json_is_set_apart_and_nothing_in_it_is_markup() {
    let json = "{\n  \"words\": \"<script> **yes** & \\\"no\\\"\",\n\n  \"list\": [ 1 ]\n}";
    let data = Say::Rights(Rights::MyData { part: 1, of: 2, json: json.to_owned(), short: None });
    let page = crate::play::rendered(&data);
    assert_eq!(page.html.matches("<pre><code>").count(), 1, "{}", page.html);
    is_as_reviewed("json", &page);
}
