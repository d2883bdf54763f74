declare module 'seek-bzip' {
  const Bunzip: {
    /** Throws on damage, after everything before it was written. */
    decode(
      input: Uint8Array,
      output: { writeByte(byte: number): void; flush(): void },
      multistream: boolean,
    ): void;
  };
  export default Bunzip;
}
