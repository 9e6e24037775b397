/**
 * n8n's verification guidelines for community nodes as a checked list, n8n's own scanner included.
 *
 *     npm run verify
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packPackage, unpack } from './realN8n/communityPackage.mts';
import { GUIDELINES } from './verify/guidelines.mts';

const DEVIATION = `"npm run build" is gulp's, not "n8n-node build": that one would ship every picture of the repository and a
  tsbuildinfo of 283 kB. The code is linted by "n8n-node lint" in strict mode with n8n's own unchanged configuration.`;

const AT_PUBLISHING = [
	'the maintainer on npm is the owner of the repository, and the repository is public',
	'the version is a new one, and CHANGELOG.md tells about it',
];

const folder = await mkdtemp(join(tmpdir(), 'esputnik-verify-'));
let failed = 0;
try {
	const { file } = await packPackage(process.cwd(), folder);
	const subject = { repository: process.cwd(), unpacked: join(folder, 'unpacked'), tarball: file };
	await unpack(file, subject.unpacked);
	for (const { title, check } of GUIDELINES) {
		const fault = await check(subject);
		console.log(`${fault === undefined ? '✓' : '✗'} ${title}`);
		if (fault === undefined) continue;
		failed++;
		console.log(fault.replace(/^/gm, '    '));
	}
} finally {
	await rm(folder, { recursive: true, force: true });
}
console.log(`~ One deviation, on purpose: ${DEVIATION}`);
for (const item of AT_PUBLISHING) console.log(`- By hand: ${item}`);
console.log(`\n${GUIDELINES.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
