import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import type { Locator } from 'playwright-core';
import { z } from 'zod';
import type { Cases } from '../support/cases.mts';
import { create } from '../support/runs.mts';
import type { Stage } from '../support/stage.mts';
import { saveCredential, template } from '../templates/template.mts';
import type { Editor } from './editor.mts';
import type { Pictures } from './pictures.mts';

const Named = z.object({ name: z.string(), type: z.string() });

/** Wide enough for all nodes of a workflow to be read. */
const WIDE = { width: 2200, height: 1000 };
const USUAL = { width: 1600, height: 900 };

/** The workflows of examples/ as somebody sees them after importing them and choosing credentials. */
export async function examples(
	cases: Cases,
	stage: Stage,
	editor: Editor,
	pictures: Pictures,
): Promise<void> {
	cases.topic('In the editor: the workflows of examples/');
	const { page } = editor;
	const types = ['postgres', 'shopifyAccessTokenApi', 'wooCommerceApi', 'googleApi'];
	const credentials = Object.fromEntries(
		await Promise.all(
			types.map(async (type) => [type, await saveCredential(stage, type, BLANK[type])] as const),
		),
	);

	const files = readdirSync('examples', { recursive: true, encoding: 'utf8' });
	for (const file of files.filter((one) => one.endsWith('.json'))) {
		await cases.run(`${file}: every node is known, and none asks for anything more`, async () => {
			const workflow = await template(file, { credentials });
			const { id } = await create(stage, workflow);
			await page.setViewportSize(WIDE);
			await page.goto(`${stage.server.url}/workflow/${id}`);
			await page.getByTestId('canvas-node').first().waitFor();
			const nodes = workflow.nodes.map((node) => Named.parse(node));
			const shown = nodes.filter(({ type }) => type !== 'n8n-nodes-base.stickyNote');
			for (const { name } of shown) await editor.node(name).waitFor();
			await editor.fitToCanvas();
			assert.equal(await page.getByTestId('node-issues').count(), 0);
			await page.mouse.move(5, 500);
			// The animation of the fitting.
			await page.waitForTimeout(500);
			const picture = `workflow-${file.replace('/', '-').replace('.json', '')}`;
			await pictures.take(page, picture, await surroundings(page.locator('.vue-flow__node')));
			await page.setViewportSize(USUAL);
		});
	}
}

/** The part of the page around all that a locator finds. */
async function surroundings(found: Locator) {
	const boxes = (
		await Promise.all((await found.all()).map(async (one) => await one.boundingBox()))
	).filter((box) => box !== null);
	const x = Math.min(...boxes.map((box) => box.x)) - MARGIN;
	const y = Math.min(...boxes.map((box) => box.y)) - MARGIN;
	return {
		x,
		y,
		width: Math.max(...boxes.map((box) => box.x + box.width)) + MARGIN - x,
		// The names stand below the nodes.
		height: Math.max(...boxes.map((box) => box.y + box.height)) + 2 * MARGIN - y,
	};
}

const MARGIN = 20;

/** What n8n asks for before it takes a credential. */
const BLANK: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
	postgres: { host: 'db', database: 'shop', user: 'n8n', password: 'unused', port: 5432 },
	googleApi: { email: 'n8n@example.com', privateKey: 'unused', region: 'us-central1' },
	shopifyAccessTokenApi: { shopSubdomain: 'shop', accessToken: 'unused', appSecretKey: 'unused' },
	wooCommerceApi: { consumerKey: 'unused', consumerSecret: 'unused', url: 'https://example.com' },
};
