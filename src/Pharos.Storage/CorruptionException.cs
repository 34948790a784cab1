using System.Globalization;

namespace Pharos.Storage;

/// <summary>A file of the store does not hold what was written to it.</summary>
public sealed class CorruptionException : Exception
{
    /// <summary>Says where and what.</summary>
    public CorruptionException(string file, long offset, string what)
        : base(string.Create(CultureInfo.InvariantCulture, $"{file} is damaged at offset {offset}: {what}"))
    {
        File = file;
        Offset = offset;
        What = what;
    }

    /// <summary>Path of the file.</summary>
    public string File { get; }

    /// <summary>Where in the file, in bytes.</summary>
    public long Offset { get; }

    /// <summary>What was found and what was expected.</summary>
    public string What { get; }
}
