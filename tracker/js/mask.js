// What an address must not tell: who signed in (user:password@), e-mail addresses anywhere in it, and the
// values of parameters whose name says that they open something. Click ids and UTM fields stay whole.
// Not here: forms (form.js).
const TELLING = /[?#;]|@|%40/; // most addresses have nothing to tell, and pages should not wait
const PARAMETER = /([?&#;])([^?;=&#]+)=[^&#]+/g;
const SECRET = /token|secret|passw|pwd|session|_trl|signature|api_?key|auth(?!or)|jwt|otp|^(code|key|sid|sig)$/i;
const EMAIL = /[\w.+%-]{1,64}(?:@|%40)[\w.-]+\.\w{2,}/gi;

export const mask = (url) =>
  TELLING.test(url)
    ? url
        .slice(0, 4096)
        .replace(/\/\/[^/?#]*@/, "//")
        .replace(PARAMETER, (all, before, name) => (SECRET.test(name) ? `${before}${name}=*` : all))
        .replace(EMAIL, "*")
    : url.slice(0, 4096);
