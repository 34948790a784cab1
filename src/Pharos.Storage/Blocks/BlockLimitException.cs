namespace Pharos.Storage.Blocks;

/// <summary>A block would be larger than its format allows.</summary>
public sealed class BlockLimitException : Exception
{
    /// <summary>Says which limit.</summary>
    public BlockLimitException(string message)
        : base(message)
    {
    }
}
