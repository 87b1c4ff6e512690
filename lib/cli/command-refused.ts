/** The command did what it should, and what it found is a no: exit 1, with the reason on standard error. */
export class CommandRefused extends Error {
  override name = 'CommandRefused'
}
