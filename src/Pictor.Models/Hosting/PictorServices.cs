using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Pictor.Models.Annotators;

namespace Pictor.Models.Hosting;

/// <summary>Pictor in a program's service collection. Options are checked when the host starts; the package is opened when it is first asked for, and closed with the container.</summary>
public static class PictorServices
{
    /// <summary>Adds an <see cref="Annotator"/>, one for all requests: it is safe from several threads.</summary>
    /// <param name="services">The collection.</param>
    /// <param name="configure">Sets at least <see cref="PictorAnnotatorOptions.ModelPath"/>.</param>
    public static IServiceCollection AddPictorAnnotator(this IServiceCollection services, Action<PictorAnnotatorOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        Options(services, Microsoft.Extensions.Options.Options.DefaultName).Configure(configure);
        return services.AddSingleton(provider => Load(provider, Microsoft.Extensions.Options.Options.DefaultName));
    }

    /// <summary>Adds an <see cref="Annotator"/> with the options that stand in a section of the configuration, such as <c>"Pictor": { "ModelPath": "models/tags.pictor" }</c>.</summary>
    public static IServiceCollection AddPictorAnnotator(this IServiceCollection services, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(section);
        return services.AddPictorAnnotator(options => section.Bind(options));
    }

    /// <summary>Adds an <see cref="Annotator"/> under a name, for programs with several: ask for it with <c>[FromKeyedServices("name")]</c>.</summary>
    public static IServiceCollection AddPictorAnnotator(this IServiceCollection services, string name, Action<PictorAnnotatorOptions> configure)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(configure);
        Options(services, name).Configure(configure);
        return services.AddKeyedSingleton(name, (provider, _) => Load(provider, name));
    }

    /// <summary>
    /// Adds an <see cref="IEmbeddingGenerator{TInput, TEmbedding}"/> of pictures (<see cref="DataContent"/> with an image) that uses the annotator added before,
    /// or the one of that name.
    /// </summary>
    /// <param name="services">The collection.</param>
    /// <param name="name">Name of the annotator, under which the generator is added too; null: the one without a name.</param>
    public static IServiceCollection AddPictorEmbeddingGenerator(this IServiceCollection services, string? name = null) => name is null
        ? services.AddSingleton<IEmbeddingGenerator<DataContent, Embedding<float>>>(provider => new PictureEmbeddingGenerator(provider.GetRequiredService<Annotator>()))
        : services.AddKeyedSingleton<IEmbeddingGenerator<DataContent, Embedding<float>>>(name, (provider, key) => new PictureEmbeddingGenerator(provider.GetRequiredKeyedService<Annotator>(key)));

    private static OptionsBuilder<PictorAnnotatorOptions> Options(IServiceCollection services, string name)
    {
        services.AddSingleton<IValidateOptions<PictorAnnotatorOptions>>(new PictorAnnotatorOptionsCheck(name));
        return services.AddOptions<PictorAnnotatorOptions>(name).ValidateOnStart();
    }

    private static Annotator Load(IServiceProvider provider, string name)
    {
        PictorAnnotatorOptions options = provider.GetRequiredService<IOptionsMonitor<PictorAnnotatorOptions>>().Get(name);
        return Annotator.Load(options.ModelPath, new AnnotatorOptions { Threads = options.Threads });
    }
}
