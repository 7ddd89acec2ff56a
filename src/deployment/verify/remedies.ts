/** How most of what fails is put right. */
export const APPLY = 'Put it right: portcullis apply';

/** Where somebody else made the Action of our name. */
export const ADOPT = 'Hand it over: portcullis apply --adopt';
