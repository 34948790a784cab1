using Pharos.Storage.Head;

namespace Pharos.Storage.Blocks;

/// <summary>The order of label sets in blocks, upstream's: the first label that differs decides, its name before its value, compared as bytes; the shorter set comes first.</summary>
internal static class LabelOrder
{
    /// <summary>Compares two sets in canonical form, see <see cref="LabelBytes"/>.</summary>
    public static int Compare(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        while (left.Length > 0 && right.Length > 0)
        {
            LabelBytes.Read(ref left, out ReadOnlySpan<byte> leftName, out ReadOnlySpan<byte> leftValue);
            LabelBytes.Read(ref right, out ReadOnlySpan<byte> rightName, out ReadOnlySpan<byte> rightValue);
            int order = leftName.SequenceCompareTo(rightName);
            if (order == 0)
            {
                order = leftValue.SequenceCompareTo(rightValue);
            }

            if (order != 0)
            {
                return order;
            }
        }

        return left.Length.CompareTo(right.Length);
    }
}
