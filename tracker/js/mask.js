// What an address must not tell: who signed in (user:password@), e-mail addresses anywhere in it, and the
// values of parameters whose name says that they open something. Click ids and UTM fields stay whole. Addresses
// inside of addresses are looked at too.
// Not here: forms (form.js).
const TELLING = /[?#;@]|%40/; // most addresses have nothing to tell, and pages should not wait
const SECRET =
  /([?&#;]|%3F|%26)((?:[^?;=&#%]{0,40}(?:token|secret|passw|passcode|pwd|session|_trl|signature|api_?key|auth(?!or(?!i))|jwt|otp|oobcode|(?:reset|verif\w*|invit\w*)_?code|ticket)[^?;=&#%]{0,40}|code|key|sid|sig)(?:=|%3D))[^&#?]+/gi;
const EMAIL = /[\w.+%-]{1,64}(?:@|%40|%2540)[\w.%-]+\.[\w%]{2,}/gi;

export const mask = (url) => {
  const text = url.slice(0, 4096);
  return TELLING.test(text) ? text.replace(/\/\/[^/?#]*@/, "//").replace(SECRET, "$1$2*").replace(EMAIL, "*") : text;
};
