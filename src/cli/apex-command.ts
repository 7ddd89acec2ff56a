import { Command } from 'commander';
import { doctorCommand } from './apex/doctor-command.ts';

/** `portcullis apex`: the APEX side of the gate. */
export function apexCommand(): Command {
  return new Command('apex')
    .summary('the APEX side: what is wrong with an application')
    .description('Looks at what an APEX application does around the gate.')
    .addCommand(doctorCommand());
}
