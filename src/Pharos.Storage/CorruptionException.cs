using System.Globalization;
using Pharos.Core.Contracts;

namespace Pharos.Storage;

/// <summary>A file of the store does not hold what was written to it. A query that meets it is not answered; others are.</summary>
public sealed class CorruptionException : StorageUnavailableException
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
