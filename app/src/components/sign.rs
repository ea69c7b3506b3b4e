//! The product's sign: a lattice with a vine, as in `public/favicon.svg`.

use leptos::prelude::*;

/// The product's sign.
#[component]
pub(crate) fn Sign() -> impl IntoView {
    view! {
        <svg class="sign" viewBox="0 0 32 32" width="28" height="28" aria-hidden="true">
            <rect class="sign-ground" width="32" height="32" rx="8" />
            <path class="sign-lattice" d="M9 4v24M23 4v24M4 9h24M4 23h24" />
            <path class="sign-shadow" d="M9 29c0-9 14-7 14-15 0-2-.6-4-2-5.500" />
            <path class="sign-vine" d="M9 28c0-8 14-6 14-14 0-2.500-1-5-3-6.500" />
            <path class="sign-leaf" d="M21 9C18.500 3.500 12.500 3.500 9 6c1.500 5 7.500 7 12 3z" />
            <path class="sign-leaf" d="M16 20.500C14.500 14.500 8.500 13 4.500 15c.5 5.500 6.500 8.500 11.500 5.500z" />
        </svg>
    }
}
