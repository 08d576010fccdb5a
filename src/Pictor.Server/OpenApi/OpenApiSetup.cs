using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace Pictor.Server.OpenApi;

/// <summary>The OpenAPI document at /openapi/v1.json, made from the routes themselves.</summary>
internal static class OpenApiSetup
{
    public static void AddPictorOpenApi(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "Pictor",
                Version = "v1",
                Description = "Annotate, keep, find and recommend pictures. Every error is a problem document (RFC 9457) with a stable 'code' and a 'remedy'.",
                License = new OpenApiLicense { Name = "Apache-2.0" },
            };
            document.Servers = [new OpenApiServer { Url = "/" }];
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal)
            {
                ["bearer"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "The server's key, where it was started with one." },
                ["apiKey"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Header, Name = "X-API-Key", Description = "The same key." },
            };
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer(DescribeNumbers);
        options.AddOperationTransformer(DescribeFiles);
    });

    // Pictor's converter writes undefined numbers as null; the exporter cannot look into a converter.
    private static Task DescribeNumbers(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        Type type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
        if (type == typeof(double))
        {
            schema.Type = JsonSchemaType.Number;
            schema.Format = "double";
        }
        else if (type == typeof(AnnotationSource))
        {
            schema.Type = JsonSchemaType.String;
            schema.Description = "person X, package NAME@VERSION, metadata or import.";
        }

        return Task.CompletedTask;
    }

    private static Task DescribeFiles(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<FileField>().LastOrDefault() is not { } field)
            return Task.CompletedTask;

        var file = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" };
        var form = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
            {
                [field.Name] = field.Name == "files" ? new OpenApiSchema { Type = JsonSchemaType.Array, Items = file } : file,
            },
        };
        if (field.Name == "file" && !field.Raw)
            form.Properties["query"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "The JSON body as text." };
        IDictionary<string, OpenApiMediaType> content = operation.RequestBody is OpenApiRequestBody { Content: { } known } ? known : new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal);
        content["multipart/form-data"] = new OpenApiMediaType { Schema = form };
        if (field.Raw)
            content["application/octet-stream"] = new OpenApiMediaType { Schema = file };
        operation.RequestBody = new OpenApiRequestBody { Required = true, Content = content };
        return Task.CompletedTask;
    }
}
