import assert from 'node:assert/strict';
import { z } from 'zod';
import { findCache } from '../../scripts/realN8n/cache.mts';
import { fetchAnew } from '../../scripts/realN8n/fetchAnew.mts';
import type { Cases } from './support/cases.mts';
import type { Stage } from './support/stage.mts';
import { ESPUTNIK } from './support/workflows.mts';

const Named = z.array(z.object({ name: z.string() }).passthrough());

/** What n8n makes of the packed tarball. */
export async function installed(cases: Cases, stage: Stage): Promise<void> {
	cases.topic('The packed tarball, installed');

	await cases.run('n8n loads the node and its AI tool', async () => {
		const names = Named.parse(await types(stage, 'nodes')).map(({ name }) => name);
		assert.ok(names.includes(ESPUTNIK));
		assert.ok(names.includes(`${ESPUTNIK}Tool`));
	});

	await cases.run('n8n loads the three credential types', async () => {
		const names = Named.parse(await types(stage, 'credentials')).map(({ name }) => name);
		const own = names.filter((name) => name.startsWith('esputnik')).sort();
		assert.deepEqual(own, ['esputnikApi', 'esputnikOAuth2Api', 'esputnikTokenApi']);
	});

	await cases.run('n8n serves the icons of the node and of the credentials', async () => {
		const kinds = [await types(stage, 'nodes'), await types(stage, 'credentials')];
		const own = kinds
			.flatMap((kind) => Named.parse(kind))
			.filter(({ name }) => name.includes('sputnik'));
		const urls = own.flatMap(({ iconUrl }) => IconUrl.parse(iconUrl));
		assert.equal(urls.length, 2 * own.length);
		for (const url of urls) {
			const answer = await fetchAnew(`${stage.server.url}/${url}`);
			assert.equal(answer.status, 200, url);
			assert.match(await answer.text(), /^<svg/);
		}
	});

	await cases.run('n8n complains about nothing of the package while it starts', async () => {
		const log = (await stage.server.log()).replaceAll(findCache().folder, '');
		const complaints = log
			.split('\n')
			.filter((line) => /esputnik/i.test(line) && /error|warn|fail|deprecat/i.test(line));
		assert.deepEqual(complaints, []);
	});
}

const IconUrl = z
	.object({ light: z.string(), dark: z.string() })
	.transform(({ light, dark }) => [light, dark]);

async function types(stage: Stage, kind: 'nodes' | 'credentials'): Promise<unknown> {
	return await stage.api.file(`/types/${kind}.json`);
}
