/** Checks an address and a token, if there is to be one, before anything is called with them; hands the address back. */
export function checked(address: string, token: string | null): URL {
  const url = parsed(address);
  if (!url || !["http:", "https:"].includes(url.protocol) || url.search || url.hash || url.username) {
    throw new TypeError(`"${address}" is no address such as http://127.0.0.1:7443 or https://erpsync.example`);
  }
  if (token === null) return url;
  if (!token) throw new TypeError("no token was given (is the variable set?)");
  if (!/^[!-~]*$/.test(token)) throw new TypeError("this is not a token: it has characters that no token has, a line break at its end, say");
  return url;
}

function parsed(address: string): URL | undefined {
  try {
    return new URL(address);
  } catch {
    return undefined;
  }
}
