// Reads the list of files in a ZIP archive; nothing is unpacked.

/**
 * The names in a ZIP archive's central directory.
 * Layout: PKWARE's APPNOTE, sections 4.3.12 and 4.3.16.
 * @param {Buffer} archive
 * @returns {string[]}
 * @throws when the buffer is not a ZIP archive.
 */
export function zipNames(archive) {
  const end = archive.lastIndexOf(Buffer.from('PK\u0005\u0006', 'latin1'));
  if (end < 0) throw new Error('This is not a ZIP archive.');
  const names = [];
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left -= 1) {
    const nameLength = archive.readUInt16LE(at + 28);
    names.push(archive.toString('utf8', at + 46, at + 46 + nameLength));
    at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return names;
}
