// Which controls of a form may be read, and under which name.
// Not here: when a form is seen or submitted (loader.js), and limits (Rust).

// What a field asks, by what it is called. Anything else stays in the page.
const ASKS =
  /mail(?!ing)|name|company|organi[sz]ation|phone|mobile|(^|[^a-z]|contact|user|work)tel|title|job|position|role|department|size|employees|industry|sector|message|comment|question|邮|姓|名|称呼|联系|公司|企业|单位|组织|电话|手机|职|岗位|部门|规模|人数|行业|留言|需求|备注|问题/i;

// What is never read, whatever else the field is called.
const SECRET =
  /pass|pwd|secret|answer|maiden|(^|[^a-z\d])cc-|card|cvc|cvv|code|verif|(^|[^a-z])pin([^a-z]|$)|one-time|otp|token|csrf|captcha|user[-_ ]?name|login|account|iban|ssn|tax|密码|口令|验证|校验|动态|卡|用户名|登录|账|帐|开户|身份/i;

const TYPES = /^(text|email|tel|url|number|select|checkbox|radio)/;

const attribute = (element, name) => element.getAttribute(name) || "";

// The name under which a control may be read, or nothing: the page's word for it, else the first of its names that
// says what it asks, the last being its type.
const nameOf = (control) => {
  const names = [attribute(control, "name"), attribute(control, "autocomplete").split(" ").pop(), control.type];
  if (!TYPES.test(control.type) || names.some((name) => SECRET.test(name))) return;
  return attribute(control, "data-track-field") || names.find((name) => ASKS.test(name));
};

// The nearest element around another one, also outside of its shadow root.
export const around = (element, selector) => element && (element.closest(selector) || around(element.getRootNode().host, selector));

export const isHushed = (element) => around(element, "[data-no-track]");

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

// The answers by name. Boxes of one name are one answer; of other controls the first counts, since the second
// repeats it.
export const answers = (form) => {
  const found = new Map();
  for (const control of controls(form)) {
    const name = nameOf(control);
    const text = name && answer(control).trim();
    const before = found.get(name);
    if (text && !before) found.set(name, text);
    else if (text && control.type == "checkbox") found.set(name, `${before}, ${text}`);
  }
  return [...found];
};
