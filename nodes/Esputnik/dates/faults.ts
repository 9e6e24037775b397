import type { ReadingKind } from './reading';

/** How the dates of a run are written, as the panel offers it. */
export type DateFormat =
	| 'auto'
	| 'dayFirst'
	| 'monthFirst'
	| 'unixSeconds'
	| 'unixMilliseconds'
	| 'spreadsheetSerial'
	| 'spreadsheetSerial1904'
	| 'custom';

/** What a value would be in a format that was not chosen. */
export interface Alternative {
	readonly format: DateFormat;
	/** With the format `custom`: a Luxon pattern. */
	readonly pattern?: string;
	/** The date as it would be read, before any zone: `2024-05-12`, `2024-05-12T10:11`; an instant in UTC. */
	readonly reads: string;
	readonly isUtc: boolean;
}

/**
 * Why no date came out of a value. `value` is the value as text, short enough to quote.
 *
 * - `missing`: there is none
 * - `unreadable`: it cannot be read in the format; `fits` are other formats in which it can, `unknownZone` is the abbreviation
 *   at its end that keeps it from being read
 * - `ambiguous`: more than one way to read it, or one way of which nobody said that it is meant; `mayBePhone`: a phone number, too
 * - `ambiguousMonth`: its month has a name that means different months in different languages
 * - `needsAccountZone`: it is an instant, or a source zone makes it one (`local`), and nobody knows in which zone it is to be written
 */
export type DateFault =
	| { readonly kind: 'missing' }
	| {
			readonly kind: 'unreadable';
			readonly value: string;
			readonly format: DateFormat;
			/** The pattern, with the format `custom`. */
			readonly pattern: string;
			readonly fits: readonly Alternative[];
			readonly unknownZone?: string;
	  }
	| {
			readonly kind: 'ambiguous';
			readonly value: string;
			readonly readings: readonly Alternative[];
			readonly mayBePhone: boolean;
	  }
	| {
			readonly kind: 'ambiguousMonth';
			readonly value: string;
			readonly name: string;
			readonly meanings: readonly MonthMeaning[];
	  }
	| {
			readonly kind: 'needsAccountZone';
			readonly value: string;
			readonly why: Exclude<ReadingKind, 'date'>;
	  };

/** A month, 1 to 12, and the languages in which a name means it. */
export interface MonthMeaning {
	readonly month: number;
	readonly languages: readonly string[];
}

/** Why no reader can be made of the settings; it concerns the whole run. */
export type DateSettingFault =
	| {
			readonly kind: 'timezone';
			readonly setting: 'accountTimezone' | 'sourceTimezone';
			readonly name: string;
	  }
	| {
			readonly kind: 'pattern';
			readonly pattern: string;
			/** Each one a sentence for someone who does not know Luxon. */
			readonly faults: readonly string[];
	  }
	| { readonly kind: 'locale'; readonly name: string };
