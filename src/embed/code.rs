//! The HTML that shows a link in another page.

/// A frame on an address, that of a link, which is as high as what is in it. Several may stand on one page.
#[must_use]
pub fn frame(address: &str) -> String {
    // In an attribute an ampersand could begin the name of a character.
    let address = format!("{address}&embed=1").replace('&', "&amp;");
    format!(
        r#"<iframe src="{address}" width="100%" height="1250" style="border: 0" title="Interleave"></iframe>
<script>
  addEventListener("message", ({{ source, data }}) => {{
    if (data?.interleave !== 1 || data.type !== "height") return;
    const frame = [...document.querySelectorAll("iframe")].find((frame) => frame.contentWindow === source);
    if (frame) frame.height = data.height;
  }});
</script>
"#
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link::{self, Setup};

    #[test]
    fn a_frame_shows_the_link_embedded() {
        let setup = link::read("v=1&title=Tea %26 \"cake\"&tasks=2").setup;
        let code = frame(&format!("https://a.host/x/{}", link::write(&setup)));
        let (_, behind) = code.split_once("src=\"https://a.host/x/").unwrap();
        let (query, _) = behind.split_once('"').unwrap();
        let read = link::read(&query.replace("&amp;", "&"));
        assert_eq!((read.setup, read.notices), (Setup { embed: true, ..setup }, vec![]));
    }
}
