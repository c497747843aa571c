// The hash of a decision's inputs, written once more.

/** What `hashes.inputs` says of inputs. */
export const hashOf = (inputs) => `siphash-2-4-128:${siphash(JSON.stringify(sorted(inputs)))}`;

/** The same, its keys in order. */
function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.keys(value).sort().map((key) => [key, sorted(value[key])]));
}

/** SipHash-2-4 of 128 bits, as its authors describe it, with a key of zeros: once more, so that the hash is nobody's secret. */
function siphash(text) {
  const bytes = new TextEncoder().encode(text);
  const padded = new Uint8Array(bytes.length - (bytes.length % 8) + 8);
  padded.set(bytes);
  padded[padded.length - 1] = bytes.length % 256;
  const words = new DataView(padded.buffer);
  const word = (number) => BigInt.asUintN(64, number);
  const turned = (number, bits) => word(number << bits) | (number >> (64n - bits));
  let [a, b, c, d] = [0x736f6d6570736575n, 0x646f72616e646f6dn ^ 0xeen, 0x6c7967656e657261n, 0x7465646279746573n];
  const rounds = (count) => {
    for (let round = 0; round < count; round += 1) {
      a = word(a + b), b = turned(b, 13n) ^ a, a = turned(a, 32n);
      c = word(c + d), d = turned(d, 16n) ^ c;
      a = word(a + d), d = turned(d, 21n) ^ a;
      c = word(c + b), b = turned(b, 17n) ^ c, c = turned(c, 32n);
    }
  };
  for (let at = 0; at < padded.length; at += 8) {
    const next = words.getBigUint64(at, true);
    d ^= next, rounds(2), a ^= next;
  }
  const hash = new DataView(new ArrayBuffer(16));
  c ^= 0xeen, rounds(4), hash.setBigUint64(0, a ^ b ^ c ^ d, true);
  b ^= 0xddn, rounds(4), hash.setBigUint64(8, a ^ b ^ c ^ d, true);
  return Array.from(new Uint8Array(hash.buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
