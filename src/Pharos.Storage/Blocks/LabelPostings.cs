namespace Pharos.Storage.Blocks;

/// <summary>The values of one label name in a <see cref="PostingsTable"/>.</summary>
/// <param name="First">Where the table keeps the first one's place.</param>
/// <param name="Count">How many values there are.</param>
internal readonly record struct LabelPostings(int First, int Count);
