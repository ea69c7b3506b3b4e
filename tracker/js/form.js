// Which controls of a form may be read, and under which name.
// Not here: when a form is seen or submitted (loader.js), and limits (Rust).

// What a field asks, by what it is called. Anything else stays in the page.
const ASKS =
  /mail|name|company|organi[sz]ation|phone|mobile|(^|[^a-z])tel|title|job|position|role|department|size|employees|industry|sector|message|comment|question|邮|姓|名|公司|单位|电话|手机|职|部门|规模|行业|留言|需求|备注/i;

// What is never read, whatever else the field is called.
const SECRET = /pass|pwd|cc-|card|cvc|cvv|one-time|otp|token|csrf|captcha|user.?name|login|iban|account|密码|验证码|卡号/i;

const TYPES = /^(text|email|tel|url|number|select|checkbox|radio)/;

const attribute = (element, name) => element.getAttribute(name) || "";

// What a control says of itself: its names, the first of them the page's word for it, the last its type.
const hints = (control) => [attribute(control, "name"), attribute(control, "autocomplete").split(" ").pop(), control.type];

// The name under which a control may be read, or nothing.
const nameOf = (control) => {
  const names = hints(control);
  if (!TYPES.test(control.type) || SECRET.test([names, control.id])) return;
  return attribute(control, "data-track-field") || names.find((name) => ASKS.test(name));
};

// Whether something around an element, also outside of its shadow root, keeps it out.
export const isHushed = (element) => element && (element.closest("[data-no-track]") || isHushed(element.getRootNode().host));

// The controls are found by their form, not through it: a form's own properties are hidden by controls
// of the same name, and controls may stand outside of it.
const controls = (form) =>
  [...form.getRootNode().querySelectorAll("input,select,textarea")].filter((control) => control.form == form && !isHushed(control));

// Whether a form counts: it has a field that may be read, or the page names it.
export const isCounted = (form) => !isHushed(form) && (form.hasAttribute("data-track-form") || controls(form).some(nameOf));

export const formName = (form) => ["data-track-form", "name", "id"].map((name) => attribute(form, name)).find(Boolean) || "form";

const answer = ({ type, checked, value, selectedOptions }) => {
  if (/^(checkbox|radio)/.test(type) && !checked) return "";
  return selectedOptions ? [...selectedOptions].map((option) => option.value).join(", ") : value;
};

// The answers by name; those of one name (a group of boxes) are one answer.
export const answers = (form) => {
  const found = new Map();
  for (const control of controls(form)) {
    const name = nameOf(control);
    const text = name && answer(control).trim();
    if (text) found.set(name, found.has(name) ? `${found.get(name)}, ${text}` : text);
  }
  return [...found];
};
