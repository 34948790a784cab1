namespace Pharos.Server.Backup;

/// <summary>One file of a backup, as its manifest says.</summary>
/// <param name="Path">Below the backup, with slashes; begins with <c>data/</c> or <c>configuration/</c>.</param>
/// <param name="SizeBytes">Its length.</param>
/// <param name="Sha256">Of its content, in lower-case hexadecimal digits.</param>
internal sealed record BackupFile(string Path, long SizeBytes, string Sha256);
