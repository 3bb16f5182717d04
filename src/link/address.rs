//! The query in what a parent page hands over as a link: a query, or a whole address.

/// The query of an address, or of what is a query already; without its question mark and without the fragment.
#[must_use]
pub fn query_of(link: &str) -> &str {
    let link = link.split('#').next().unwrap_or_default();
    match link.split_once('?') {
        Some((before, query)) if is_path(before) => query,
        None if is_path(link) => "",
        _ => link,
    }
}

/// Whether what stands before a question mark is an address rather than the beginning of a query: `title=Why?`.
fn is_path(text: &str) -> bool {
    let names_a_host = text.find("://").is_some_and(|at| !text[..at].contains(['=', '&']));
    names_a_host || text.starts_with(['/', '.']) || !text.contains(['=', '&'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_query_is_found_in_an_address_and_in_itself() {
        for (link, query) in [
            ("https://example.org/a=b/?v=1&tasks=5#run=x", "v=1&tasks=5"),
            ("https://example.org/", ""),
            ("/some/path/?tasks=5", "tasks=5"),
            ("./?title=Why?", "title=Why?"),
            ("index.html?tasks=5", "tasks=5"),
            ("?tasks=5", "tasks=5"),
            ("tasks=5#top", "tasks=5"),
            ("title=Why?&tasks=5", "title=Why?&tasks=5"),
            ("title=http://a/?b", "title=http://a/?b"),
            ("#run=x", ""),
            ("", ""),
        ] {
            assert_eq!(query_of(link), query, "{link}");
        }
    }
}
