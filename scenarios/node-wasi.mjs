// Runs a WASI preview 1 module in Node.js: node node-wasi.mjs [--env=KEY=VALUE]… [--dir=HOST::GUEST]… MODULE [ARGUMENTS…]
import { readFile } from 'node:fs/promises';
import { WASI } from 'node:wasi';

const words = process.argv.slice(2);
const env = {};
const preopens = {};
while (words.length > 0 && words[0].startsWith('--')) {
  const word = words.shift();
  const option = /^--(env|dir)=(.*)$/s.exec(word);
  if (!option) {
    console.error(`error: unknown option ${word}; usage: node node-wasi.mjs [--env=KEY=VALUE] [--dir=HOST::GUEST] MODULE [ARGUMENTS…]`);
    process.exit(64);
  }
  const [left, ...rest] = option[2].split(option[1] === 'env' ? '=' : '::');
  if (option[1] === 'env') env[left] = rest.join('=');
  else preopens[rest.join('::') || left] = left;
}
if (words.length === 0) {
  console.error('error: no module given; usage: node node-wasi.mjs [--env=KEY=VALUE] [--dir=HOST::GUEST] MODULE [ARGUMENTS…]');
  process.exit(64);
}

const wasi = new WASI({ version: 'preview1', args: words, env, preopens, returnOnExit: true });
const module = await WebAssembly.compile(await readFile(words[0]));
const instance = await WebAssembly.instantiate(module, wasi.getImportObject());
process.exitCode = wasi.start(instance);
