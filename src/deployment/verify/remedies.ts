/** The remedy for most failures. */
export const APPLY = 'Correct it: portcullis apply';

/** The remedy if the Action with our name was not created by Portcullis. */
export const ADOPT = 'Take it over: portcullis apply --adopt';
