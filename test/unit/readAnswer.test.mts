import { parseRetryAfter, readAnswer } from '../../nodes/Esputnik/api/readAnswer.ts';
import { Redaction } from '../../nodes/Esputnik/api/redaction.ts';

const read = (body: string, headers: object = {}) =>
	readAnswer(200, headers, body, new Redaction([], new Set()));

const HTML = { 'content-type': 'text/html; charset=utf-8' };

describe('what the body of an answer is', () => {
	test.each([
		['<!DOCTYPE html><title>Blocked</title>', {}, 'html'],
		['\ufeff<html>', {}, 'html'],
		['<!-- portal --><html>', {}, 'html'],
		['<script>top.location = "http://portal/"</script>', HTML, 'html'],
		['<meta http-equiv="refresh" content="0;url=http://portal/">', HTML, 'html'],
		['<email> is no address', {}, 'text'],
		['Bad Request', HTML, 'text'],
		['{"message":"no"}', HTML, 'json'],
		['\ufeff{"results":[]}', {}, 'json'],
		[' \n', {}, 'empty'],
	])('%j with %j: %s', (body, headers, form) => {
		expect(read(body, headers).form).toBe(form);
	});

	test('a packed answer that does not say so is not quoted', () => {
		expect(read('\u001f\ufffd\b\0\0V*J-.').text).toBe('');
		expect(read('Two\r\n\tlines').text).toBe('Two\r\n\tlines');
	});
});

test.each([
	['0', 0],
	['0.2', 200],
	['86400', 86_400_000],
	['Thu, 01 Jan 1970 00:00:00 GMT', 0],
	['Thu, 01 Jan 2026 00:00:30 GMT', 30_000],
	['-1', undefined],
	['+1', undefined],
	['1e3', undefined],
	['1, 2', undefined],
	['soon', undefined],
	['', undefined],
])('Retry-After %j asks for %j milliseconds', (value, wait) => {
	const now = Date.UTC(2026, 0, 1);
	expect(parseRetryAfter({ 'Retry-After': value }, now)).toBe(wait);
});
