import { expect, test } from 'vitest';
import { bodyText, MAX_BODY_BYTES, networkDetail } from '../../src/domain/recording/network-detail';
import { clipBytes, utf8Size } from '../../src/tools/json-bytes';
import { isSecretField, isSecretHeader, isSecretName, redactJson } from '../../src/tools/secrets';

test('headers that tell who somebody is are named without their value', () => {
  const { requestHeaders, responseHeaders } = networkDetail(
    {
      requestHeaders: {
        Authorization: 'Bearer canary',
        'X-My-Auth': 'canary',
        'X-Forwarded-For': 'canary',
        'X-CSRF-Nonce': 'canary',
        Referer: 'https://shop.example/cart?token=canary',
        Accept: 'application/json',
      },
      requestBody: undefined,
      response: new Response('{}', {
        headers: { 'Content-Type': 'application/json', 'X-Session-Id': 'canary' },
      }),
    },
    undefined,
  );
  expect(JSON.stringify([requestHeaders, responseHeaders])).not.toContain('canary');
  expect(requestHeaders).toMatchObject({
    authorization: '[redacted]',
    accept: 'application/json',
    referer: 'https://shop.example/cart?token=_',
  });
  expect(responseHeaders).toEqual({
    'content-type': 'application/json',
    'x-session-id': '[redacted]',
  });
});

test('the twelve headers and every name with a secret part are denied, others are not', () => {
  const denied =
    'authorization proxy-authorization cookie set-cookie x-api-key x-forwarded-for x-real-ip ' +
    'remote-addr forwarded x-csrf-token x-csrftoken x-xsrf-token ' +
    'my-auth authorized authorisation sid connect.sid PHPSESSID sess_id access-token client-secret session-id csrf xsrf password old-pwd credentials api_key ' +
    'x-cookie2 signature jwt';
  for (const name of denied.split(' ')) expect([name, isSecretHeader(name)]).toEqual([name, true]);
  for (const name of 'accept content-type etag x-request-id author'.split(' ')) {
    expect([name, isSecretHeader(name)]).toEqual([name, false]);
  }
});

test('secret-named fields of a JSON body lose their values at any depth', () => {
  const text = redactJson(
    JSON.stringify({
      user: 'ada',
      password: 'canary',
      nested: [{ accessToken: { raw: 'canary' } }],
      cardNumber: 'canary',
      amount: 3,
    }),
  );
  expect(JSON.parse(text)).toEqual({
    user: 'ada',
    password: '[redacted]',
    nested: [{ accessToken: '[redacted]' }],
    cardNumber: '[redacted]',
    amount: 3,
  });
});

test('a JSON body that was cut is redacted all the same', () => {
  const cut = '{"a": 1, "password": "can\\"ary", "token":"canary", "pin": 1234, "rest": "this is c';
  expect(redactJson(cut)).toBe(
    '{"a": 1, "password": "[redacted]", "token":"[redacted]", "pin": "[redacted]", "rest": "this is c',
  );
  expect(redactJson('{"secret": "canary is cu')).toBe('{"secret": "[redacted]"');
  expect(
    redactJson('{"tokens": ["can]ary", ["canary"]], "session": {"id": "canary"}, "a": [1'),
  ).toBe('{"tokens": "[redacted]", "session": "[redacted]", "a": [1');
  expect(redactJson('{"a": 1, "session": {"id": ["canary"')).toBe(
    '{"a": 1, "session": "[redacted]"',
  );
});

test('of forms only what is not secret is told, of form data only the names', () => {
  expect(bodyText('a=1&token=canary&b=2', 'application/x-www-form-urlencoded')).toBe(
    'a=1&token=[redacted]&b=2',
  );
  const data = new FormData();
  data.append('file', 'canary');
  data.append('note', 'canary');
  const told = (requestBody: unknown) =>
    networkDetail({ requestHeaders: undefined, requestBody }, undefined).requestBody;
  expect(told(data)).toBe('[form data] file, note');
  expect(told(new URLSearchParams({ password: 'canary', n: '1' }))).toBe('password=[redacted]&n=1');
  expect(told('jakarta.faces.ViewState=canary&form%3Aname=1')).toBe(
    'jakarta.faces.ViewState=[redacted]&form%3Aname=1',
  );
  expect(told(new Blob(['canary']))).toBeUndefined();
});

test('a body is at most 150,000 bytes, never cut within a character', () => {
  const told = bodyText('€'.repeat(100_000), 'text/plain');
  expect(utf8Size(told)).toBeLessThanOrEqual(MAX_BODY_BYTES);
  expect(told.endsWith('€')).toBe(true);
  expect(clipBytes('aé', 2)).toBe('a');
  expect(clipBytes('short', 100)).toBe('short');
});

test('one list says which names stand for secrets, in fields as in bodies', () => {
  const secret =
    'pass passcode passphrase loginPass otp_code pin_code userPin user_ssn securityCode mfa_code ' +
    'verificationCode csc cc-number card_no oneTimeCode 2fa totp privateKey accessKey access_key ' +
    'PINCode OTPCode userPINCode IBANs securityAnswer cvn code_verifier codeVerifier';
  for (const name of secret.split(' ')) {
    expect([name, isSecretField(name), isSecretName(name)]).toEqual([name, true, true]);
  }
});

test('ordinary names are no secrets', () => {
  for (const name of [
    'author',
    'shipping',
    'opinion',
    'discard',
    'name',
    'pinned',
    'className',
    'passenger',
    'spinner',
    'hotpink',
    'authors',
    'authority',
    'side',
    'residence',
    'assess',
    'accessible',
    'HTMLInput',
  ]) {
    expect([name, isSecretField(name)]).toEqual([name, false]);
  }
});

test('JSON within a text of JSON loses its secrets, however deep', () => {
  const inner = JSON.stringify({ a: 1, pwd: 'can"ary\\', list: [{ pin: 7 }] });
  const outer = JSON.stringify({ data: inner, next: 'kept' });
  const clean = JSON.stringify({ a: 1, pwd: '[redacted]', list: [{ pin: '[redacted]' }] });
  expect(redactJson(outer)).toBe(JSON.stringify({ data: clean, next: 'kept' }));
  const deeper = JSON.stringify({ b: outer, last: 'kept, too' });
  expect(JSON.parse(redactJson(deeper))).toEqual({ b: redactJson(outer), last: 'kept, too' });
  expect(redactJson(`${outer.slice(0, -40)}`)).not.toContain('can');
});
