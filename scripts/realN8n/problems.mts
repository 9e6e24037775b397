import { CACHE_VARIABLE } from './cache.mts';
import { INSTALL_SIZE } from './versions.mts';

/** Something the person at the terminal can put right; its message says how, so that no stack is shown. */
export class Advice extends Error {
	override readonly name = 'Advice';
}

const KNOWN: readonly [pattern: RegExp, advice: string][] = [
	[
		/ENOSPC|no space left on device/i,
		`The disk is full: n8n needs ${INSTALL_SIZE} in the cache folder and npm's own cache about 1 GB more. Free some space, or name a folder on another disk by ${CACHE_VARIABLE}, then run the command again. What was half installed has been removed.`,
	],
	[
		/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|ENOTCACHED/,
		'The npm registry could not be reached. Check the network connection (and the proxy, if there is one), then run the command again: packages that did arrive are not fetched a second time.',
	],
	[
		/EINTEGRITY/,
		'A downloaded package is damaged. Run "npm cache clean --force", then the command again.',
	],
	[
		/EACCES|EPERM/,
		`A file in the cache folder belongs to somebody else. Delete the folder or name another one by ${CACHE_VARIABLE}, then run the command again.`,
	],
	[
		/gyp ERR!|node-gyp/,
		"n8n's database driver (sqlite3) could not be compiled. Install Python 3, make and a C++ compiler (Debian: apt-get install python3 make g++), then run the command again.",
	],
];

/** Turns what npm wrote when it failed into what to do about it. */
export function adviceFor(output: string, step: string): Advice {
	const known = KNOWN.find(([pattern]) => pattern.test(output));
	const tail = output.trim().split('\n').slice(-15).join('\n');
	return new Advice(
		known
			? `${step} failed. ${known[1]}`
			: `${step} failed; run the command again when this is settled:\n${tail}`,
	);
}
