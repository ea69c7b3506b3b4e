//! What a key means on a page that nobody types into.
//!
//! Not here: doing it, which the frame does. A page's own keys are those that its buttons name in `data-key`.

/// A key, and where it was pressed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Pressed<'a> {
    /// The key as the browser names it.
    pub(crate) key: &'a str,
    /// With Ctrl or ⌘.
    pub(crate) command: bool,
    /// With Alt.
    pub(crate) alt: bool,
    /// In something that is typed into.
    pub(crate) typing: bool,
    /// While something lies over the page.
    pub(crate) covered: bool,
    /// On a row of a list.
    pub(crate) on_row: bool,
    /// Right after `g`.
    pub(crate) going: bool,
}

/// What it means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stroke {
    /// Find anything.
    Find,
    /// Show the keys.
    Keys,
    /// Go to the page's own search.
    Search,
    /// The next row.
    Next,
    /// The row before.
    Back,
    /// The next key says where to go.
    Going,
    /// Go to the page of that letter.
    Go(char),
    /// Press the button of that key.
    Press(char),
}

impl Stroke {
    /// What a key means; nothing when it is somebody else's.
    pub(crate) fn read(pressed: Pressed<'_>) -> Option<Stroke> {
        let letter = {
            let mut chars = pressed.key.chars();
            chars.next().filter(|_| chars.next().is_none())
        };
        if pressed.command {
            let find = !pressed.alt && letter.is_some_and(|letter| matches!(letter, 'k' | 'K'));
            return find.then_some(Stroke::Find);
        }
        if pressed.alt || pressed.typing || pressed.covered {
            return None;
        }
        match pressed.key {
            "ArrowDown" if pressed.on_row => return Some(Stroke::Next),
            "ArrowUp" if pressed.on_row => return Some(Stroke::Back),
            _ => {}
        }
        match letter? {
            letter if pressed.going => Some(Stroke::Go(letter)),
            '?' => Some(Stroke::Keys),
            '/' => Some(Stroke::Search),
            'j' => Some(Stroke::Next),
            'k' => Some(Stroke::Back),
            'g' => Some(Stroke::Going),
            letter if letter.is_ascii_lowercase() => Some(Stroke::Press(letter)),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_means_what_the_help_says() {
        let check = |pressed: Pressed<'_>, expect| {
            assert_eq!(Stroke::read(pressed), expect, "{pressed:?}");
        };
        let plain = |key| Pressed {
            key,
            ..Pressed::default()
        };
        check(plain("j"), Some(Stroke::Next));
        check(plain("k"), Some(Stroke::Back));
        check(plain("/"), Some(Stroke::Search));
        check(plain("?"), Some(Stroke::Keys));
        check(plain("g"), Some(Stroke::Going));
        check(plain("n"), Some(Stroke::Press('n')));
        check(plain("N"), None);
        check(plain("Enter"), None);
        check(plain("ArrowDown"), None);
        let row = Pressed {
            on_row: true,
            ..plain("ArrowDown")
        };
        check(row, Some(Stroke::Next));
        let going = Pressed {
            going: true,
            ..plain("k")
        };
        check(going, Some(Stroke::Go('k')));
        let typing = |key| Pressed {
            typing: true,
            ..plain(key)
        };
        check(typing("j"), None);
        let command = |key| Pressed {
            command: true,
            ..typing(key)
        };
        check(command("k"), Some(Stroke::Find));
        check(command("c"), None);
        let covered = Pressed {
            covered: true,
            ..plain("j")
        };
        check(covered, None);
    }
}
