import type { NodeExecutionHint } from 'n8n-workflow';

interface Zones {
	readonly accountTimezone: string;
	readonly sourceTimezone: string;
	readonly offsetHandling: 'convert' | 'ignore';
}

interface Sample {
	/** What the date says by itself; `count`: Unix time, which has no time as written. */
	readonly kind: 'date' | 'local' | 'zoned' | 'count';
	readonly value: string;
	readonly occurred: string;
}

/** Tells how the dates of a run were written, with one example: a wrong hour would put an order on the wrong day for ever. */
export function dateHints(zones: Zones, samples: readonly Sample[]): NodeExecutionHint[] {
	if (samples.length === 0) return [];
	const { kind, value, occurred } = samples[0];
	return [
		{
			message: `'Occurred': ${describeZones(zones, kind)}. Example: '${value}' was written as ${occurred}.`,
			location: 'outputPane',
			type: 'info',
		},
	];
}

function describeZones(
	{ accountTimezone, sourceTimezone, offsetHandling }: Zones,
	kind: Sample['kind'],
): string {
	if (accountTimezone === '') return 'times were kept as they are written';
	const converted = `times were converted to ${accountTimezone}`;
	const withoutOffset =
		sourceTimezone === ''
			? 'those without an offset were kept as they are written'
			: `those without an offset were read as ${sourceTimezone}`;
	if (offsetHandling === 'convert') return `${converted}; ${withoutOffset}`;
	const asWritten = 'times were kept as they are written, offsets ignored';
	if (sourceTimezone === '') {
		return kind === 'count'
			? `Unix time was converted to ${accountTimezone}; other ${asWritten}`
			: asWritten;
	}
	return `times were read as ${sourceTimezone}, offsets ignored, and converted to ${accountTimezone}`;
}
