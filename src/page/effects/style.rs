//! The style of an element, set by script: as an attribute the page's content policy forbids it.

use web_sys::HtmlElement;
use yew::prelude::*;

/// An element that has this style.
#[hook]
pub fn use_style(style: String) -> NodeRef {
    let node = use_node_ref();
    let styled = node.clone();
    use_effect_with(style, move |style| {
        if let Some(element) = styled.cast::<HtmlElement>() {
            element.style().set_css_text(style);
        }
    });
    node
}
