namespace Pharos.Storage.Repair;

/// <summary>One damage and what was, or would be, done about it.</summary>
/// <param name="File">Where, as a path below the data folder.</param>
/// <param name="Offset">Where in the file, in bytes.</param>
/// <param name="Damage">What was found.</param>
/// <param name="Remedy">What is kept, what is lost, and where the damaged file goes.</param>
public sealed record RepairFinding(string File, long Offset, string Damage, string Remedy);
