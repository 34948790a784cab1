using System.Text;
using Pharos.Core.Hashing;
using Pharos.Storage.Index;

namespace Pharos.Storage.Tests.Index;

public class InternTableTests
{
    [Fact]
    public void Random_use_gives_what_a_dictionary_with_counts_gives()
    {
        using var table = new InternTable("test", new KeyedHasher("k"u8), 1L << 30);
        var users = new Dictionary<string, (uint Id, int Count)>(StringComparer.Ordinal);
        var random = new Random(1);
        for (int step = 0; step < 60_000; step++)
        {
            string text = "text" + random.Next(step < 30_000 ? 3000 : 100);
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            bool known = users.TryGetValue(text, out (uint Id, int Count) entry);
            Assert.Equal(known, table.TryFind(bytes, out uint found));
            Assert.Equal(known ? entry.Id : 0, found);
            if (random.Next(5) < 3)
            {
                uint id = table.Intern(bytes);
                Assert.True(!known || id == entry.Id);
                users[text] = (id, entry.Count + 1);
                Assert.Equal(text, Encoding.UTF8.GetString(table.Get(id)));
            }
            else if (known)
            {
                table.Release(entry.Id);
                if (entry.Count == 1)
                {
                    users.Remove(text);
                }
                else
                {
                    users[text] = (entry.Id, entry.Count - 1);
                }
            }
        }

        Assert.Equal(users.Count, table.Count);
        Assert.Equal(users.Count, users.Values.Select(static entry => entry.Id).Distinct().Count());
        foreach ((string text, (uint id, _)) in users)
        {
            Assert.Equal(text, Encoding.UTF8.GetString(table.Get(id)));
        }
    }
}
