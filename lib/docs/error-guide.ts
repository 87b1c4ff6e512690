import type { ErrorCode } from '@/lib/base/errors'

/** For each error code: when it comes, and what the caller does about it. The docs and nothing else say these words. */
export const ERROR_GUIDE: Record<ErrorCode, { when: string; fix: string }> = {
  malformed_json: {
    when: 'The body is not JSON in UTF-8, holds a key twice, or is nested too deep.',
    fix: 'Write the body with a JSON library.',
  },
  invalid_request: {
    when: 'The request contradicts itself, like two different keys in two headers.',
    fix: 'Send the one you mean.',
  },
  invalid_idempotency_key: {
    when: 'The Idempotency-Key is not 1 to 255 visible ASCII characters.',
    fix: 'Use a UUID.',
  },
  invalid_cursor: {
    when: 'The cursor was made for another list, other filters or another sort.',
    fix: 'Send next_cursor as it came, with the rest of the query unchanged.',
  },
  missing_key: { when: 'No key came with the request.', fix: 'Send Authorization: Bearer <key>.' },
  malformed_key: {
    when: 'What came is not a key: its form or its checksum is wrong.',
    fix: 'Copy the key whole, without spaces or quotes.',
  },
  invalid_key: { when: 'There is no such key, or it was deleted.', fix: 'Create a key and use that.' },
  revoked_key: {
    when: 'The key was revoked.',
    fix: 'Use another key. An Admin can reactivate it, unless it leaked.',
  },
  expired_key: { when: 'The key is past its expiry.', fix: 'Create a new key; expired ones cannot be renewed.' },
  rotated_key: { when: 'The key was rotated and its grace is over.', fix: 'Use its successor, which the reply names.' },
  signed_out: { when: 'The dashboard’s session has ended.', fix: 'Sign in again.' },
  insufficient_scope: {
    when: 'The key is good, but lacks the scope that required_scopes names.',
    fix: 'Open Settings → API Keys, edit the key and add the scope.',
  },
  ip_not_allowed: {
    when: 'The key has an allowlist, and the caller’s address is not on it.',
    fix: 'Add the address to the key’s allowlist, or call from one that is on it.',
  },
  developer_api_disabled: {
    when: 'The Developer API is off for the organisation.',
    fix: 'Ask a platform admin to turn it on.',
  },
  https_required: {
    when: 'The request came over plain HTTP.',
    fix: 'Call over HTTPS. If the request carried a key, rotate it: it has crossed the network in the clear.',
  },
  role_forbids: {
    when: 'The role, or the bounds of the calling key, do not allow this.',
    fix: 'Ask an Admin, or use a key that reaches further.',
  },
  proof_required: {
    when: 'A change in the dashboard widens what someone or something may do, or deletes a live key, and the last proof is older than 15 minutes.',
    fix: 'Enter your password, or confirm by single sign-on, and go on.',
  },
  cross_site_request: {
    when: 'A change in the dashboard was asked for from another site.',
    fix: 'Use the dashboard’s own pages. Programs use a key.',
  },
  not_found: {
    when: 'The path does not exist, or no row of your organisation and environment has this id.',
    fix: 'Check the path and the id, and that the key is of the environment where the row is.',
  },
  method_not_allowed: { when: 'The path does not have this method.', fix: 'Use one that the Allow header names.' },
  method_not_implemented: {
    when: 'The API does not know this method at all.',
    fix: 'Use the method that the reference names.',
  },
  payload_too_large: { when: 'The body is larger than the operation takes.', fix: 'Send less at a time.' },
  unsupported_media_type: {
    when: 'The body is not declared as what the operation takes, or is compressed.',
    fix: 'Send it uncompressed: JSON with Content-Type: application/json, a file with a type of its own.',
  },
  request_timeout: {
    when: 'The request has not arrived whole within 30 seconds, or its headers within 15.',
    fix: 'Send it again, without pauses.',
  },
  idempotency_conflict: {
    when: 'The Idempotency-Key was used for another request in the last 24 hours.',
    fix: 'Use a new key for a new request.',
  },
  idempotency_in_progress: {
    when: 'The first request with this Idempotency-Key has not ended within eight seconds.',
    fix: 'Send the same request again after Retry-After.',
  },
  already_exists: { when: 'What must be unique is there already; existing_id names it.', fix: 'Update that one.' },
  contact_excluded: {
    when: 'An exclusion rule covers the contact.',
    fix: 'Leave the contact out, or delete the rule that the detail names.',
  },
  wrong_state: {
    when: 'The row is in a state from which this is not possible.',
    fix: 'Read the row; the detail names its state.',
  },
  email_unproven: {
    when: 'An account would get the platform, or another organisation, by an email that nothing has proved to be its own.',
    fix: 'Ask the person in another way whether the account is theirs, then confirm. A mailed link or single sign-on proves it.',
  },
  in_use: {
    when: 'Other rows refer to this one, and they would be left with a reference to nothing.',
    fix: 'Change or delete those first.',
  },
  precondition_failed: {
    when: 'The row has changed since the version that If-Match names.',
    fix: 'Get the row again, look at what has changed, and send its new ETag.',
  },
  key_state: {
    when: 'The key’s state forbids this, like reactivating one that has expired, or editing a docs playground key.',
    fix: 'The detail says what is possible instead.',
  },
  key_changed: {
    when: 'Somebody changed the key while it was being edited in the dashboard.',
    fix: 'Look at what it is now, and decide which of the two holds.',
  },
  key_limit_reached: {
    when: 'The organisation has as many live keys as its plan holds, a person five live docs playground keys, or a key ten predecessors and successors that still work.',
    fix: 'Revoke keys that are not used, or change the plan.',
  },
  webhook_limit_reached: {
    when: 'The organisation has as many webhooks in this environment as there may be.',
    fix: 'Delete one that is not used, or let one take several events.',
  },
  attachment_quota_reached: {
    when: 'The attachments of this environment would have more bytes than the plan holds. The detail names both.',
    fix: 'Delete attachments, or tickets with theirs, or change the plan.',
  },
  validation_failed: {
    when: 'A field or a parameter is wrong, unknown, or given twice; errors lists each with its path.',
    fix: 'Mend every entry of errors and send the request again.',
  },
  invalid_scope: { when: 'A scope does not exist.', fix: 'Choose from the list of scopes.' },
  rate_limited: {
    when: 'The key has used its calls of the last 60 seconds, too many searches or bulk calls are under way, or too many wrong keys came from the address.',
    fix: 'Wait the seconds that Retry-After names.',
  },
  internal: { when: 'Something went wrong on our side.', fix: 'Try again; if it stays, send us the request id.' },
  email_not_configured: {
    when: 'This would send a mail, and the server has nothing to send it with.',
    fix: 'Ask whoever runs the server to set SMTP_URL and MAIL_FROM.',
  },
  unavailable: { when: 'The service cannot answer at the moment.', fix: 'Try again after Retry-After.' },
}
