// npm run stack [-- --real]: the stores alone, until Ctrl-C, with the lines to paste into another shell.
import { PlainError, checkNode, install } from './lib/prepare.mjs';

async function main() {
  checkNode();
  install();
  const { startStack } = await import('./lib/stack.mjs');
  const stack = await startStack({ real: process.argv.includes('--real') });
  for (const sentence of stack.missing) console.log(`# not to be had here: ${sentence}`);
  for (const [name, value] of Object.entries(stack.env)) console.log(`export ${name}=${value}`);
  console.log('# running until Ctrl-C');
  const stop = () => void stack.stop().then(() => process.exit(0));
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  setInterval(() => undefined, 60_000);
}

main().catch((error) => {
  console.error(error instanceof PlainError ? error.message : error);
  process.exit(1);
});
