import { printFields, printJson } from '@/lib/cli/output'
import { writeReply } from '@/lib/contracts/encode'
import { type ApiKey, type CreatedKey, createdKey } from '@/lib/keys/contract'

export function printKey({ id, key_prefix, name, environment, status, scopes, allowed_ips, expires_at }: ApiKey) {
  printFields({ id, key_prefix, name, environment, status, scopes, allowed_ips, expires_at })
}

/** The only time that the key itself is seen. */
export function printNewKey(key: CreatedKey, json: boolean | undefined) {
  if (json) return printJson(writeReply(createdKey, key))
  console.log(`${key.key}\n`)
  console.log('Keep it now: it is stored nowhere and cannot be shown again.\n')
  printKey(key)
}
