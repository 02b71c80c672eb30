// Hydrogen loads the encryption library by address at run time, so its bundle must not hold another copy.
export default {};
