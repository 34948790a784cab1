using Pharos.Storage.Index;

namespace Pharos.Storage.Tests.Index;

public class LabelIndexTests
{
    [Fact]
    public void Random_adding_and_removing_gives_what_sorted_sets_give()
    {
        using var pool = new PostingsPool(1L << 30);
        var index = new LabelIndex(pool);
        var model = new Dictionary<uint, SortedSet<uint>>();
        var random = new Random(1);
        uint next = 1;
        for (int step = 0; step < 400; step++)
        {
            for (int i = random.Next(300); i > 0; i--)
            {
                uint value = 1 + (uint)Math.Pow(random.NextDouble() * 8, 3);
                uint reference = random.Next(50) == 0 ? next + 5 : next++;
                if (!model.TryGetValue(value, out SortedSet<uint>? set))
                {
                    model.Add(value, set = []);
                }

                if (set.Add(reference))
                {
                    index.Add(value, reference);
                }
            }

            var dropped = new HashSet<uint>();
            for (int i = random.Next(200); i > 0; i--)
            {
                dropped.Add((uint)random.NextInt64(next));
            }

            foreach (uint value in model.Keys.ToArray())
            {
                if (random.Next(2) == 0)
                {
                    index.Remove(value, dropped);
                    model[value].ExceptWith(dropped);
                    if (model[value].Count == 0)
                    {
                        model.Remove(value);
                    }
                }
            }
        }

        Assert.Equal(model.Count, index.ValueCount);
        Assert.Equal(model.Values.Sum(static set => set.Count), index.SeriesCount);
        var values = new List<uint>();
        index.CopyValues(values);
        Assert.Equal(model.Keys.Order(), values.Order());
        foreach ((uint value, SortedSet<uint> set) in model)
        {
            Assert.Equal(set.Count, index.CountOf(value));
            Assert.Equal(set, index.Get(value).ToArray());
        }

        Assert.True(index.Get(999_999).IsEmpty);
    }
}
