import type { PostgresServer } from '../../../scripts/services/postgres.mts';
import type { Cases } from '../support/cases.mts';
import type { Stage } from '../support/stage.mts';
import { contacts } from './contacts.mts';
import { csvOrSheet } from './csv.mts';
import { newOrdersLive } from './live.mts';
import { nightly } from './nightly.mts';
import { shopify } from './shopify.mts';
import { sql } from './sql.mts';
import { woocommerce } from './woocommerce.mts';

/** What the workflows of examples/ need. */
export interface TemplateStage {
	readonly stage: Stage;
	readonly postgres: PostgresServer;
	readonly close: () => Promise<void>;
}

/** The workflows of examples/, each as somebody uses it after importing it. */
export async function templates(cases: Cases, { stage, postgres }: TemplateStage): Promise<void> {
	await csvOrSheet(cases, stage);
	await shopify(cases, stage);
	await newOrdersLive(cases, stage);
	await sql(cases, stage, postgres);
	await woocommerce(cases, stage);
	await nightly(cases, stage, postgres);
	await contacts(cases, stage, postgres);
}
