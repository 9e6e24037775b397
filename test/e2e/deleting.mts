import assert from 'node:assert/strict';
import type { Cases } from './support/cases.mts';
import { SPRING, emailOf } from './support/files.mts';
import { callWebhook, publish } from './support/runs.mts';
import type { Stage } from './support/stage.mts';
import { esputnik, readCsv, webhook, workflow } from './support/workflows.mts';

const ZONE = 'Europe/Kyiv';

/** By the clocks of Kyiv, told by the runtime and not by the node: `2024-03-31T04:00`. */
const clock = new Intl.DateTimeFormat('sv-SE', {
	timeZone: ZONE,
	dateStyle: 'short',
	timeStyle: 'short',
});
const KYIV: readonly string[] = SPRING.map((at) => clock.format(new Date(at)).replace(' ', 'T'));

/** 2,000 events imported, a part of them deleted, and what is left compared to the minute. */
export async function deleting(cases: Cases, stage: Stage): Promise<void> {
	cases.topic('Delete Past Events');
	const { standin } = stage;
	standin.configure({ accountTimezone: ZONE, deletionActive: true });

	const importing = await publish(
		stage,
		workflow('Import', [
			webhook('import-spring'),
			...readCsv(`${stage.files}/spring.csv`),
			esputnik({
				eventTypeKey: { __rl: true, mode: 'id', value: 'visit' },
				keyValue: '={{ $json.email }}',
				occurred: '={{ $json.at }}',
				accountTimezone: ZONE,
				options: { output: 'summary' },
			}),
		]),
	);
	const deletion = await publish(
		stage,
		workflow('Delete', [
			webhook('delete-range'),
			esputnik(
				{
					operation: 'delete',
					range: '={{ $json.body.range }}',
					from: '={{ $json.body.from }}',
					to: '={{ $json.body.to }}',
					accountTimezone: ZONE,
					confirmDeletion: true,
				},
				{ onError: 'continueRegularOutput' },
			),
		]),
	);

	/** Imports everything, deletes a range and compares what is left with a filter over the clocks of Kyiv. */
	async function importAndDelete(
		range: { range: string; from: string; to: string },
		sent: { from: string; to: string },
	): Promise<void> {
		standin.reset();
		const [summary] = await callWebhook(stage, 'import-spring', {});
		assert.equal(summary.accepted, SPRING.length);

		const [answer] = await callWebhook(stage, 'delete-range', range);
		assert.deepEqual(
			{ deleted: answer.deleted, from: answer.from, to: answer.to },
			{ deleted: true, ...sent },
		);

		const deletes = standin.received.requests.filter(({ method }) => method === 'DELETE');
		assert.equal(deletes.length, 1);
		assert.equal(deletes[0].body, JSON.stringify(sent));

		const expected = SPRING.flatMap((_, index) =>
			KYIV[index] < sent.from || KYIV[index] > sent.to ? [`${emailOf(index)} ${KYIV[index]}`] : [],
		);
		const left = standin.received.events.map(({ keyValue, occurred }) => `${keyValue} ${occurred}`);
		assert.ok(expected.length < SPRING.length);
		assert.deepEqual(left.sort(), expected.sort());
	}

	await cases.run('a month of whole days goes, to the minute at both ends', async () => {
		await importAndDelete(
			{ range: 'wholeDays', from: '2024-03-01', to: '2024-03-31' },
			{ from: '2024-03-01T00:00', to: '2024-03-31T23:59' },
		);
		const left = new Set(standin.received.events.map(({ occurred }) => occurred));
		assert.ok(left.has('2024-02-29T23:59') && !left.has('2024-03-01T00:00'));
		assert.ok(!left.has('2024-03-31T23:59') && left.has('2024-04-01T00:00'));
	});

	await cases.run('instants on both sides of the change to summer time', async () => {
		await importAndDelete(
			{ range: 'exact', from: '2024-03-31T00:59:00Z', to: '2024-03-31T01:00:00Z' },
			{ from: '2024-03-31T02:59', to: '2024-03-31T04:00' },
		);
	});

	await cases.run(
		'where deletion is not enabled nothing goes, and the answer says where to write',
		async () => {
			standin.configure({ deletionActive: false });
			const before = standin.received.count;
			const [answer] = await callWebhook(stage, 'delete-range', {
				range: 'wholeDays',
				from: '2024-02-14',
				to: '2024-02-29',
			});
			assert.equal(answer.deleted, false);
			assert.match(String(answer.message), /support@esputnik\.com/);
			assert.equal(standin.received.count, before);
		},
	);

	await importing.unpublish();
	await deletion.unpublish();
	standin.configure({ accountTimezone: 'UTC' });
}
