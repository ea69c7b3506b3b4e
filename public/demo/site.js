// What happens on this sample site after a form is submitted, and how it greets a visitor whom it knows
// to be in a public segment: who has looked at the prices more than once is offered a talk, not a trial.
//
// Nothing is sent from here: the site has no server of its own. The tracker hears
// the submit first, in the capture phase; this file then thanks the visitor, either
// in place or on a page of its own. What was typed never enters an address.

/** Puts the thank-you text named by `data-reveals` where the form was. */
function thankInPlace(form) {
  const thanks = document.getElementById(form.dataset.reveals);
  if (!thanks) return;
  form.reset();
  form.hidden = true;
  thanks.hidden = false;
  thanks.focus();
}

/** Leaves for the page named by `data-leaves-for`. */
function leave(form) {
  location.assign(form.dataset.leavesFor);
}

for (const form of document.querySelectorAll("form[data-reveals], form[data-leaves-for]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (form.dataset.reveals) thankInPlace(form);
    else leave(form);
  });
}

/** Gives each link with `data-if-in` its other words and address when the visitor is in that segment. */
function greet(segments) {
  for (const link of document.querySelectorAll("a[data-if-in]")) {
    if (!segments.includes(link.dataset.ifIn)) continue;
    link.href = link.dataset.thenHref;
    link.textContent = link.dataset.thenText;
  }
}

// The tracker may be blocked; then everyone is greeted alike.
window.trellis?.("segments", greet);
