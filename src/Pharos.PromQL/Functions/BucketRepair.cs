namespace Pharos.PromQL.Functions;

/// <summary>What had to be changed so that bucket counts rise with their bounds; upstream reports it to the user.</summary>
/// <param name="Forced">Counts fell by more than rounding explains.</param>
/// <param name="MinBucket">The lowest bound that was raised.</param>
/// <param name="MaxBucket">The highest bound that was raised.</param>
/// <param name="MaxDifference">The largest fall.</param>
internal readonly record struct BucketRepair(bool Forced, double MinBucket, double MaxBucket, double MaxDifference)
{
    public static BucketRepair None { get; } = new(false, double.PositiveInfinity, double.NegativeInfinity, 0);
}
