import { ROLE_MEANINGS, ROLE_OPTIONS } from '@/components/members/role-labels'
import { LabelledCheckbox } from '@/components/ui/checkbox'
import { Choice } from '@/components/ui/choice'

/** What a person may do in an organisation, as it is chosen. */

type Role = (typeof ROLE_OPTIONS)[number]['value']

export const RoleChoice = ({ value, onChange }: { value: Role; onChange: (role: Role) => void }) => (
  <Choice label="Role" hint={ROLE_MEANINGS[value]} value={value} options={ROLE_OPTIONS} onChange={onChange} />
)

type DeveloperProps = { checked: boolean; onCheckedChange: (checked: boolean) => void }

export const DeveloperCheckbox = (props: DeveloperProps) => (
  <LabelledCheckbox
    {...props}
    labelClass="items-center"
    text="Developer permission: opens API keys to Admins of both kinds"
  />
)
