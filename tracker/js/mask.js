// What an address must not tell: who signed in (user:password@), e-mail addresses anywhere in it, and the
// values of parameters whose name says that they open something. Click ids and UTM fields stay whole.
// Not here: forms (Rust decides which controls are read).
const SECRET = /([?&#;](?:[^?;=&#]{0,40}(?:token|secret|passw|pwd|session|_trl|signature|api_?key|auth(?!or)|jwt|otp)[^?;=&#]{0,40}|code|key|sid|sig)=)[^&#]+/gi;
const EMAIL = /[\w.+%-]{1,64}(?:@|%40)[\w.-]+\.\w{2,}/gi;

export const mask = (url) =>
  url
    .slice(0, 4096)
    .replace(/\/\/[^/?#]*@/, "//")
    .replace(SECRET, "$1*")
    .replace(EMAIL, "*");
